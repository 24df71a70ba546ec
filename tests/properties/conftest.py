"""How properties are searched: as long as it takes, since machines differ."""

from hypothesis import settings

settings.register_profile("wirehouse", deadline=None)
settings.load_profile("wirehouse")
