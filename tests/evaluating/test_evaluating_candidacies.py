"""The seam through which every verified candidate is seen."""

from itertools import pairwise

from known_scenes import Known
from rendered_scenes import crop, pasted, resized, scene

from provcheck.matching.candidacies import Candidacy, candidacies
from provcheck.matching.matcher import search
from provcheck.records import RGB, Picture


def found_in(query: RGB, known: Known) -> tuple[Candidacy, ...]:
    return candidacies(search(Picture(query), known.corpus, known.lookup), known.lookup)


def test_what_a_search_reports_is_among_the_candidacies(known: Known) -> None:
    query = crop(scene(2), 0.2, 0.2, 0.9, 0.9)
    match = known.only_match(query)
    first = found_in(query, known)[0]
    assert (first.source_id, first.relation) == (match.source.id, match.relation)
    assert first.log10_false_alarms <= match.log10_false_alarms


def test_each_source_is_there_once_the_surest_first(known: Known) -> None:
    query = pasted(resized(scene(1), 720, 480), resized(scene(7), 300, 200), 20, 30)
    found = found_in(query, known)
    assert {known.corpus.source(one.source_id).facts.title for one in found[:2]} == {"scene 1", "scene 7"}
    assert len({one.source_id for one in found}) == len(found)
    assert all(one.log10_false_alarms <= other.log10_false_alarms for one, other in pairwise(found))


def test_unrelated_pictures_prove_nothing(known: Known) -> None:
    for seed in range(50, 56):
        for one in found_in(scene(seed), known):
            assert one.log10_false_alarms > -3
            assert not one.relation.is_match
