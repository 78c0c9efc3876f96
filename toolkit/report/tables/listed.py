"""Every file of `tables/`: the section that shows its numbers, what makes it, what is money."""

from __future__ import annotations

from toolkit.report.tables import (
    active,
    ahead,
    beside,
    counted,
    equity,
    follow_up,
    rhythm,
    trial,
)
from toolkit.report.tables.table import Table, asked

ESTIMATES = ("spend_per_visit", "expected_amount", "margin_if_returns")
RECORDED = ("mae", "rmse", "calibration_error", "predicted", "happened")
CHANGES = ("sales", "previous_sales", "change", "people", "frequency", "price", "other")
YEARLY = ("sales_per_active", "kept_spend", "new_spend", "revived_spend")
WORTH = ("margin_12", "margin_36", "second_12", "second_36")
HEADS = (
    *("per_head_12", "per_head_36", "second_head_12", "second_head_36"),
    *("low_12", "high_12", "low_36", "high_36"),
)
ENDS = ("expected", "low", "high")
LEVER_SALES = ("sales_1", "more_sales_1", "sales_5", "more_sales_5")
SPENT = (
    *("contact_cost", "cost", "offers", "leak"),
    *("profit", "profit_low", "profit_high"),
)
MARGINS = ("contacted_margin", "held_out_margin", "margin", "margin_low", "margin_high")
FIRST_YEAR = ("spend", "spend_low", "spend_high", "later")

TABLES = (
    Table("sales_groups", "sales", counted.sales_groups, CHANGES),
    Table("bucket", "bucket", asked("book.bucket_months")),
    Table("money_bridge", "bucket", counted.money_bridge, ("amount",)),
    Table("bucket_statement", "periods", counted.bucket_statement),
    Table("layer_statement", "periods", counted.layer_statement),
    Table("level", "periods", counted.level),
    Table("years", "years", asked("book.year_history"), ("sales",), YEARLY),
    Table("lapse_view", "years", counted.lapse_view, ("sales",)),
    Table("places", "layers", counted.places, ("sales", "sales_ago"), ("per_head", "per_head_ago")),
    Table("layers", "layers", asked("book.layer_months")),
    Table("layer_table", "layers", asked("book.layer_table"), ("sales",), ("sales_per_head",)),
    Table("movement", "movement", counted.movement),
    Table("layer_rates", "movement", counted.layer_rates),
    Table("sensitivity", "sensitivity", counted.sensitivity, ("amount_line",)),
    Table("sensitivity_places", "sensitivity", counted.sensitivity_places),
    Table("nth_conversion", "repeat", asked("book.nth_conversion")),
    Table("nth_curve", "repeat", asked("book.nth_curve")),
    Table("days_to_second", "repeat", asked("book.days_to_second")),
    Table("repeat_rates", "repeat", asked("book.repeat_rates")),
    Table("second_visit", "repeat", counted.second_visit),
    Table("cohorts", "cohorts", counted.cohorts, ("sales", "sales_to_date"), ("per_customer",)),
    Table("same_age", "cohorts", asked("book.same_age")),
    Table("cohort_trend", "cohorts", counted.cohort_trend),
    Table("cohort_spend", "cohorts", counted.cohort_spend, (), ("per_customer",)),
    Table("deciles", "concentration", asked("book.deciles"), ("sales", "least"), ("per_customer",)),
    Table("rfm_groups", "rfm", counted.rfm_groups, ("amount",)),
    Table("rfm_grid", "rfm", asked("book.rfm_grid"), (), ("mean_amount",)),
    Table("rfm_scores", "rfm", asked("book.rfm_scores"), ("from", "to"), only=("letter", "M")),
    Table("products", "products", asked("book.products.catalogue")),
    Table("first_products", "products", asked("book.products.first_products"), (), FIRST_YEAR),
    Table("products_left", "products", asked("book.products.leaving")),
    Table("products_together", "products", asked("book.products.together")),
    Table("products_next", "products", asked("book.products.following")),
    Table("price_tiers", "products", beside.price_tiers, (), ("first_up_to", "last_up_to")),
    Table(
        "subscription_share",
        "subscriptions",
        beside.subscription_share,
        ("marked", "total"),
        only=("measure", "sales"),
    ),
    Table("subscription_hole", "subscriptions", beside.subscription_hole),
    Table("subscription_places", "subscriptions", beside.subscription_places),
    Table("gap_survival", "rhythm", rhythm.gap_survival),
    Table("return_chance", "rhythm", rhythm.return_chance),
    Table("lapse_lines", "rhythm", rhythm.lapse_lines),
    Table("prediction", "certainty", asked("outlook.scores")),
    Table("prediction_counts", "certainty", asked("outlook.verdict.counts")),
    Table("prediction_value", "certainty", asked("outlook.verdict.value"), (), RECORDED),
    Table("calibration", "certainty", asked("outlook.calibration")),
    Table("left_edge", "edges", counted.left_edge),
    Table("last_visit_months", "edges", asked("book.last_visit_months")),
    Table("open_month", "edges", asked("book.open_month")),
    Table("equity", "equity", equity.equity, WORTH, HEADS),
    Table("ahead_months", "outlook", ahead.months, (), ENDS, only=("measure", "sales")),
    Table("ahead_five_years", "outlook", ahead.five_years, ("sales",)),
    Table("ahead_levers", "outlook", ahead.levers, LEVER_SALES),
    Table("lapse_weeks", "about_to_lapse", active.lapse_weeks),
    Table("lapse_layers", "about_to_lapse", active.lapse_layers, (), ("expected_loss",)),
    Table("golden_steps", "golden", active.golden_steps, (), ("expected_gain",)),
    Table("profit_curve", "winback", beside.profit_curve, (), ("low", "middle", "high", "each")),
    Table("winback_channels", "winback", beside.channels, (), SPENT),
    Table("control", "control", trial.control),
    Table("campaigns", "results", trial.campaigns, (), (*MARGINS, "follow_up_cost")),
    Table("contacted_or_not", "results", trial.contacted_or_not),
    Table("reasons_given", "results", trial.reasons_given),
    Table("prospects", "prospects", asked("book.prospects.stages")),
    Table("contacts_places", "contacts", asked("book.contacts.by_place")),
    Table("contacts_forgotten", "contacts", asked("book.contacts.forgotten")),
    Table("contacts_followed", "contacts", asked("book.contacts.lag")),
    Table("follow_up_weeks", "follow_up", follow_up.weeks, (), ("cost",)),
    Table("follow_up_rules", "follow_up", follow_up.rules, (), ("cost",)),
    Table("lapsed_reasons", "follow_up", follow_up.reasons),
    Table("weeks", "quality", asked("book.quality.weeks")),
    Table("outliers", "quality", beside.outliers, ("amount",)),
    Table("spikes", "quality", asked("book.quality.spikes"), ("sales",), ("usual_sales",)),
    Table("gaps", "quality", asked("book.quality.gaps"), (), ("missing_sales",)),
    Table("twins", "quality", beside.twins),
    Table("buyers", "quality", beside.buyers, ("sales",)),
    Table("influence", "quality", asked("book.quality.influence"), ("sales",)),
    Table("set_aside", "quality", asked("book.ledger.set_aside"), bare=True),
    Table("set_aside_reasons", "quality", beside.reasons, ("amount",)),
)

PARQUET = (
    Table("customers", "layers", beside.customers, ("amount", *beside.VALUES), ESTIMATES),
    Table("moves", "bucket", beside.moves, ("amount",)),
    Table("returns", "sales", beside.returns, ("amount",)),
)
