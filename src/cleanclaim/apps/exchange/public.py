"""The only door of the exchange."""

from cleanclaim.apps.exchange.models import Connection, InboundFile, Interchange
from cleanclaim.apps.exchange.queries import (
    connection_by_name,
    inbound_content,
    interchange_content,
    interchange_counts,
)
from cleanclaim.apps.exchange.sending import (
    inbox_poll,
    interchanges_send,
)
from cleanclaim.apps.exchange.services import (
    connection_create,
    control_number_take,
    control_numbers_continue,
    inbound_move,
    inbound_read,
    inbound_receive,
    inbound_to_do,
    interchange_move,
    interchange_seal,
    practice_of_control_number,
)
from cleanclaim.apps.exchange.settling import (
    interchange_mark_sent,
    interchange_send_again,
    interchanges_settle,
)
from cleanclaim.apps.exchange.waiting import (
    inbound_apply_again,
    inbound_counts,
    inbound_get,
    inbound_name,
    inbound_set_aside,
    inbound_waiting,
    interchange_get,
    interchanges_left,
)

__all__ = [
    "Connection",
    "InboundFile",
    "Interchange",
    "connection_by_name",
    "connection_create",
    "control_number_take",
    "control_numbers_continue",
    "inbound_apply_again",
    "inbound_content",
    "inbound_counts",
    "inbound_get",
    "inbound_move",
    "inbound_name",
    "inbound_read",
    "inbound_receive",
    "inbound_set_aside",
    "inbound_to_do",
    "inbound_waiting",
    "inbox_poll",
    "interchange_content",
    "interchange_counts",
    "interchange_get",
    "interchange_mark_sent",
    "interchange_move",
    "interchange_seal",
    "interchange_send_again",
    "interchanges_left",
    "interchanges_send",
    "interchanges_settle",
    "practice_of_control_number",
]
