"""Nothing set: gunicorn would otherwise read the settings of the application beside it."""
