"""Runs moto's server with one answer as Amazon's API gives it.

A transit gateway's route has a list of attachments. moto 5.2 keeps a single one
without the list around it, and its answer then has an empty attachment.
"""

import sys

from moto.ec2.models.transit_gateway_route_tables import TransitGatewayRouteTableBackend
from moto.server import main

_create = TransitGatewayRouteTableBackend.create_transit_gateway_route


def _create_with_list(self, *args, **kwargs):
    route = _create(self, *args, **kwargs)
    attachments = route.get("transitGatewayAttachments")
    if isinstance(attachments, dict):
        route["transitGatewayAttachments"] = [attachments]
    return route


TransitGatewayRouteTableBackend.create_transit_gateway_route = _create_with_list
main(sys.argv[1:])
