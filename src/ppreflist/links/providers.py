"""Who puts up a page in place of the one that was asked for, by what stands in its markup and not in its text.

Walls for robots and pages of parked domains are mostly scripts: nothing to read, but the address of their maker in
every one of them. These marks count only in a page that shows its readers hardly anything, because the same companies
watch sound pages as well: their passive scripts (``js.datadome.co``, ``client.perimeterx.net``, Cloudflare's
``jsd/main.js``, ``_Incapsula_Resource`` in a script) are no marks.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Provider(StrEnum):
    NOBODY = ""
    WALL = "wall"
    PARKING = "parking"


_MARKS = re.compile(
    # DataDome, PerimeterX, Imperva, Cloudflare, AWS WAF, Akamai, Radware, SiteGround, Anubis.
    rb"(?P<wall>[/.]captcha-delivery\.com|px-captcha|<iframe[^<>]{0,400}_incapsula_resource|incapsula incident id"
    rb"|_cf_chl_opt|\.token\.awswaf\.com|\.captcha\.awswaf\.com|/_sec/cp_challenge|perfdrive\.com|/\.well-known/sgcaptcha"
    rb"|/\.within\.website/)"
    # Sedo, ParkingCrew (Team Internet), Bodis, GoDaddy, ParkLogic, Skenzo, Google's advertisements for domains, Dan.
    rb"|sedoparking\.com|parkingcrew\.net|//(?:js|www)\.bodis\.com|/parking-lander/|parklogic\.com|skenzo\.com"
    rb"|/adsense/domains/caf\.js|window\.park\s{0,4}=|iyfsearch\.com|hugedomains\.com/domain_profile|cdn\.dan\.com/"
)


def provider(lower: bytes) -> Provider:
    """Whose page it is, by its whole markup in lower case. Linear in its length."""
    found = _MARKS.search(lower)
    if found is None:
        return Provider.NOBODY
    return Provider.WALL if found["wall"] else Provider.PARKING
