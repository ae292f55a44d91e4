"""Label agreement: the user's own classifier, a function or the name of one."""

import pytest

import textaug as ta

ROWS = ["a good day", "a bad day", "a long road"]


def negative(texts):
    return ["bad" in text for text in texts]


def test_a_row_whose_label_changes_is_rejected():
    done = ta.Filter([ta.AntonymReplace(rate=1.0)], checks=[ta.LabelAgreement(negative)]).apply(ROWS)
    assert done.text == ["a good day", "a bad day", "a short road"]
    assert done.applied[-1].skipped == {"another label": 2}


def test_a_classifier_is_asked_once_for_each_text_and_not_for_what_is_unchanged():
    asked = []

    def classify(texts):
        asked.append(texts)
        return [0] * len(texts)

    check = ta.LabelAgreement(classify)
    assert check.passes(["a", "a", "b"], ["c", "d", "b"]).tolist() == [True] * 3
    assert check.passes(["b"], ["b"]).tolist() == [True] and asked == [["a", "c", "d"]]


def test_a_name_stands_for_a_function(tmp_path, monkeypatch):
    (tmp_path / "my_labels.py").write_text("class Model:\n    @staticmethod\n    def run(texts): return texts\n")
    monkeypatch.syspath_prepend(tmp_path)
    check = ta.LabelAgreement("my_labels:Model.run")
    assert check.passes(["a", "b"], ["a", "c"]).tolist() == [True, False]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no_such_module:f", "No module named 'no_such_module'; is its folder named in PYTHONPATH"),
        ("json:no_such", "'json:no_such': .*no attribute 'no_such'; give module:function"),
        ("json:__version__", "'json:__version__' is no function|no attribute"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused_when_it_is_used(name, message):
    with pytest.raises(ta.UsageError, match=message):
        ta.LabelAgreement(name).passes(["a"], ["b"])


@pytest.mark.parametrize("value", ["negative", "a:b:c", "a b:c", ":f", "m:", 5, None])
def test_what_is_no_function_is_refused(value):
    with pytest.raises(ta.UsageError, match=r'classify=.*give a function, or its name as "module:function"'):
        ta.LabelAgreement(value)


def test_labels_must_be_one_for_each():
    with pytest.raises(ta.UsageError, match="1 labels for 2 texts; return one for each"):
        ta.LabelAgreement(lambda texts: texts[:1]).passes(["a"], ["b"])


def test_a_function_is_no_data():
    made = ta.Filter([ta.WordSwap()], checks=[ta.LabelAgreement(negative)])
    with pytest.raises(ta.UsageError, match='a function is no data; give its name as "module:function"'):
        made.to_dict()
