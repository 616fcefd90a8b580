"""The blueprint of the pages of all programmes; its addresses begin with `/programmas`."""

from api.pages.language import pages_blueprint

blueprint = pages_blueprint("programmes", __name__)
