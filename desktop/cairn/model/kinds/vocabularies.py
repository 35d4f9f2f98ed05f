"""Which vocabulary the terms of a field are of: for whoever offers them. What stands in a field may be of any other."""

from __future__ import annotations

_OF_FIELD = {
    "act.type": ("violations",),
    "act.methods": ("methods",),
    "act.setting": ("facility_types",),
    "act.reasons": ("reasons",),
    "act.status": ("person_states",),
    "act.detention.periods.type": ("facility_types",),
    "act.trafficking.elements": ("trafficking_elements",),
    "act.child.registration": ("registration_states",),
    "involvement.type": ("perpetrator_types",),
    "involvement.agency": ("agencies",),
    "involvement.rank": ("ranks",),
    "involvement.post": ("posts",),
    "involvement.degree": ("degrees",),
    "information.basis": ("basis",),
    "information.reliability": ("source_reliability",),
    "information.validity": ("information_validity",),
    "unit.agency": ("agencies",),
    "unit.type": ("perpetrator_types",),
    "post.post": ("posts",),
    "post.rank": ("ranks",),
    "relation.type": ("relations",),
    "relation.kin": ("kin_terms",),
    "relation.parted.cause": ("separation_causes",),
    "relation.parted.registered": ("registration_states",),
    "person.roles": ("roles",),
    "person.states": ("person_states",),
    "event.terms": ("violations",),
    "preparation.contact": ("independence",),
    "preparation.benefits.kind": ("independence",),
    "preparation.benefits.condition": ("independence",),
    "preparation.earlier.kind": ("independence",),
    "preparation.shown.kind": ("independence",),
    "preparation.met.kind": ("independence",),
}


def of_field(kind: str, field: str) -> tuple[str, ...]:
    """The vocabularies whose terms a field of a kind offers, nested ones as `outer.inner`; none for any other field."""
    return _OF_FIELD.get(f"{kind}.{field}", ())
