"""Addresses of what people do: every POST of the workbench besides the rules."""

from django.urls import path

from cleanclaim.web.workbench import claim_acts, money_acts, task_acts, typed_acts

app_name = "acts"
urlpatterns = [
    path("claims/<uuid:claim>/edit/", typed_acts.edit, name="edit"),
    path("claims/<uuid:claim>/eob/", money_acts.eob, name="eob"),
    path("claims/<uuid:claim>/do/<slug:verb>/", claim_acts.claim, name="claim"),
    path("visits/<uuid:encounter>/code/", typed_acts.code, name="code"),
    path("codes/", typed_acts.codes, name="codes"),
    path("items/<uuid:item>/arrived/", task_acts.arrived, name="item-arrived"),
    path("items/<uuid:item>/send-again/", task_acts.send_again, name="item-send-again"),
    path("items/<uuid:item>/supersede/", task_acts.supersede, name="item-supersede"),
    path("items/<uuid:item>/<slug:verb>/", task_acts.item, name="item"),
    path("files/<uuid:file>/<slug:verb>/", task_acts.file, name="file"),
    path("drafts/<slug:kind>/<uuid:thing>/confirm/", task_acts.draft, name="draft"),
    path("money/", money_acts.payments, name="payments"),
    path("money/payment/", money_acts.payment, name="payment"),
    path("money/transfer/", money_acts.transfer, name="transfer"),
    path("money/refund/", money_acts.refund, name="refund"),
    path("money/bank/", money_acts.bank, name="bank"),
]
