//! What the columns of well-known question sets mean, and a mapping for all others. One function a shape; a row that does
//! not fit says why. It asks nobody and guesses no answer.

use serde_json::{Map, Value};

use super::fields::{Fields, choices, texts, truth};
use super::question::{Question, Unfit};
use super::rows::Row;
use crate::prng::Seed;

/// Scenarios longer than this stand in the background, and the question speaks of them.
const MOST_IN_QUESTION: usize = 1_200;

/// A shape of question sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preset {
    /// Question, best answer and incorrect answers; or the multiple-choice form.
    TruthfulQa,
    /// Yes or no, with facts that are not shown.
    StrategyQa,
    /// A stem, lettered choices and a key; the second version is yes or no.
    CommonsenseQa,
    /// Justice, commonsense, deontology and virtue.
    Ethics,
    /// A passage and a question with yes or no.
    BoolQ,
    /// ARC: the shape of [`Preset::CommonsenseQa`]. MMLU: four choices and a letter or a place.
    ArcMmlu,
    /// Questions with a resolution, most with a market's price.
    ForecastBench,
    /// Inspect's samples: input, choices, target.
    Inspect,
    /// `question`, `outcomes` and `answer`, as Credence writes them.
    Plain,
}

impl Preset {
    /// Every preset, in the order in which they are tried.
    pub const ALL: [Self; 9] = [
        Self::TruthfulQa,
        Self::ForecastBench,
        Self::BoolQ,
        Self::StrategyQa,
        Self::Inspect,
        Self::Plain,
        Self::CommonsenseQa,
        Self::ArcMmlu,
        Self::Ethics,
    ];

    /// Its name where it is chosen by name.
    pub fn name(self) -> &'static str {
        match self {
            Self::TruthfulQa => "truthfulqa",
            Self::StrategyQa => "strategyqa",
            Self::CommonsenseQa => "commonsenseqa",
            Self::Ethics => "ethics",
            Self::BoolQ => "boolq",
            Self::ArcMmlu => "arc-mmlu",
            Self::ForecastBench => "forecastbench",
            Self::Inspect => "inspect",
            Self::Plain => "plain",
        }
    }

    /// The preset whose columns these are.
    pub fn of(columns: &[String]) -> Option<Self> {
        let has = |name: &str| columns.iter().any(|column| column == name);
        Self::ALL.into_iter().find(|preset| match preset {
            Self::TruthfulQa => has("Best Answer") || has("mc1_targets"),
            Self::ForecastBench => {
                let price = has("market_price") && !has("outcomes");
                has("question") && (has("freeze_datetime") || has("resolved_to") || price)
            }
            Self::BoolQ => has("question") && has("passage") && has("answer"),
            Self::StrategyQa => has("question") && has("answer") && (has("qid") || has("decomposition")),
            Self::Inspect => has("input") && has("target"),
            Self::Plain => has("question") && has("outcomes"),
            Self::CommonsenseQa => has("question") && has("answerKey"),
            Self::ArcMmlu => has("question") && has("answer"),
            Self::Ethics => has("label") && (has("scenario") || has("input")),
        })
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Why it is no question.
    pub fn question(self, row: &Row) -> Result<Question, Unfit> {
        let fields = Fields(&row.fields);
        let question = match self {
            Self::TruthfulQa => truthful_qa(&fields),
            Self::StrategyQa => yes_no(&fields, "qid", |fields, question| {
                question.category = fields.text("term").unwrap_or_default();
            }),
            Self::CommonsenseQa => keyed(&fields),
            Self::Ethics => ethics(&fields),
            Self::BoolQ => yes_no(&fields, "id", |fields, question| {
                question.background = fields.text("passage").unwrap_or_default();
                if !question.question.ends_with('?') {
                    question.question.push('?');
                }
            }),
            Self::ArcMmlu => lettered(&fields),
            Self::ForecastBench => forecast(&fields),
            Self::Inspect => inspect(&fields),
            Self::Plain => plain(&fields),
        }?;
        question.checked()
    }
}

fn binary(question: &str, yes: bool) -> Question {
    Question::new(question, vec!["Yes".to_owned(), "No".to_owned()], usize::from(!yes))
}

/// `question` and a truth in `answer`; `more` fills in what the set has beside them.
fn yes_no(
    fields: &Fields<'_>,
    id: &str,
    more: impl FnOnce(&Fields<'_>, &mut Question),
) -> Result<Question, Unfit> {
    let mut question = binary(&fields.needed("question")?, fields.truth("answer")?);
    question.id = fields.text(id).or_else(|| fields.text("id")).unwrap_or_default();
    more(fields, &mut question);
    Ok(question)
}

fn truthful_qa(fields: &Fields<'_>) -> Result<Question, Unfit> {
    let name = if fields.has("Question") { "Question" } else { "question" };
    let text = fields.needed(name)?;
    let (right, mut outcomes) = if let Some(targets) = fields.value("mc1_targets") {
        choices_with_labels(targets)?
    } else {
        listed(fields)?
    };
    // The right answer stands first in every row: the order is drawn from the question itself.
    Seed::new(0).stream(&format!("evaluate/order/{text}")).shuffle(&mut outcomes);
    let answer = outcomes.iter().position(|outcome| *outcome == right).unwrap_or_default();
    let mut question = Question::new(&text, outcomes, answer);
    question.category = fields.text("Category").or_else(|| fields.text("category")).unwrap_or_default();
    Ok(question)
}

/// The best answer and the incorrect ones between semicolons: the right one, and all.
fn listed(fields: &Fields<'_>) -> Result<(String, Vec<String>), Unfit> {
    let best = fields.needed("Best Answer")?;
    let mut all = vec![best.clone()];
    for answer in fields.needed("Incorrect Answers")?.split(';').map(str::trim) {
        if !answer.is_empty() && !all.iter().any(|known| known == answer) {
            all.push(answer.to_owned());
        }
    }
    Ok((best, all))
}

/// `{"choices": […], "labels": [1, 0, …]}`, or `{"answer": 1, …}`: the right one, and all.
fn choices_with_labels(targets: &Value) -> Result<(String, Vec<String>), Unfit> {
    let broken = || Unfit::NotA("mc1_targets".to_owned(), "a set of answers of which one is right");
    let targets = targets.as_object().ok_or_else(broken)?;
    let pairs: Vec<(String, bool)> = match (targets.get("choices"), targets.get("labels")) {
        (Some(choices), Some(labels)) => {
            let labels: Vec<bool> = labels
                .as_array()
                .ok_or_else(broken)?
                .iter()
                .map(|label| truth(label) == Some(true))
                .collect();
            texts(choices).ok_or_else(broken)?.into_iter().zip(labels).collect()
        }
        _ => targets.iter().map(|(answer, label)| (answer.clone(), truth(label) == Some(true))).collect(),
    };
    let right: Vec<&String> = pairs.iter().filter(|(_, right)| *right).map(|(answer, _)| answer).collect();
    let [right] = right.as_slice() else { return Err(broken()) };
    Ok(((*right).clone(), pairs.iter().map(|(answer, _)| answer.clone()).collect()))
}

/// CommonsenseQA and ARC: `question` with `stem` and `choices`, or both side by side, and `answerKey`.
fn keyed(fields: &Fields<'_>) -> Result<Question, Unfit> {
    let nested = fields.value("question").and_then(Value::as_object);
    let (stem, list) = match nested {
        Some(question) => (Fields(question).needed("stem")?, question.get("choices")),
        None => (fields.needed("question")?, fields.value("choices")),
    };
    let list = choices(list.ok_or_else(|| Unfit::Missing("choices".to_owned()))?)
        .ok_or_else(|| Unfit::NotA("choices".to_owned(), "a list of labels and texts"))?;
    let key = fields.needed("answerKey")?;
    let answer = list.iter().position(|(label, _)| *label == key.trim());
    let answer = answer.ok_or(Unfit::UnknownAnswer(key))?;
    let mut question = Question::new(&stem, list.into_iter().map(|(_, text)| text).collect(), answer);
    question.id = fields.text("id").unwrap_or_default();
    question.category = fields.text("question_concept").unwrap_or_default();
    Ok(question)
}

/// MMLU (`A` to `D`, or `choices`, with a letter or a place from 0), and yes or no where there are no choices
/// (CommonsenseQA 2.0).
fn lettered(fields: &Fields<'_>) -> Result<Question, Unfit> {
    let columns: Vec<String> =
        ["A", "B", "C", "D", "E"].iter().filter_map(|name| fields.text(name)).collect();
    let outcomes = match fields.value("choices") {
        Some(list) => texts(list).ok_or_else(|| Unfit::NotA("choices".to_owned(), "a list of texts"))?,
        None => columns,
    };
    if outcomes.is_empty() {
        return yes_no(fields, "id", |_, _| {});
    }
    let answer = fields.answer("answer", &outcomes)?;
    let mut question = Question::new(&fields.needed("question")?, outcomes, answer);
    question.id = fields.text("id").unwrap_or_default();
    question.category = fields.text("subject").unwrap_or_default();
    Ok(question)
}

fn ethics(fields: &Fields<'_>) -> Result<Question, Unfit> {
    let label = fields.truth("label")?;
    let (text, asked, category) = if let Some(input) = fields.text("input") {
        (input, "Is what the narrator does clearly morally wrong?".to_owned(), "commonsense")
    } else {
        let scenario = fields.needed("scenario")?;
        if let Some(excuse) = fields.text("excuse") {
            (
                format!("{scenario} {excuse}"),
                "Is what is said last a reasonable excuse or consequence?".to_owned(),
                "deontology",
            )
        } else if let Some((scene, trait_)) = scenario.split_once(" [SEP] ") {
            (scene.to_owned(), format!("Does somebody here show this trait: {}?", trait_.trim()), "virtue")
        } else {
            (scenario, "Is this just and reasonable?".to_owned(), "justice")
        }
    };
    let mut question = if text.len() <= MOST_IN_QUESTION {
        binary(&format!("{asked} “{}”", text.trim()), label)
    } else {
        let mut question = binary(&format!("{asked} (The text stands in the background.)"), label);
        question.background = text;
        question
    };
    category.clone_into(&mut question.category);
    Ok(question)
}

fn forecast(fields: &Fields<'_>) -> Result<Question, Unfit> {
    let resolved = fields.value("resolved_to").or_else(|| fields.value("answer"));
    let resolved = resolved.filter(|value| !value.is_null()).ok_or(Unfit::Unresolved)?;
    if fields.value("resolved").is_some_and(|value| truth(value) == Some(false)) {
        return Err(Unfit::Unresolved);
    }
    let yes = truth(resolved).ok_or(Unfit::Other("it was not resolved as yes or no"))?;
    let mut question = binary(&fields.needed("question")?, yes);
    question.id = fields.text("id").unwrap_or_default();
    question.background = fields.text("background").unwrap_or_default();
    question.criterion = fields.text("resolution_criteria").unwrap_or_default();
    question.category = fields.text("source").unwrap_or_default();
    question.market_price = fields.number("market_price").or_else(|| fields.number("freeze_datetime_value"));
    Ok(question)
}

fn inspect(fields: &Fields<'_>) -> Result<Question, Unfit> {
    let asked = match fields.value("input") {
        // A conversation: what the person says last is the question.
        Some(Value::Array(messages)) => {
            let last =
                messages.iter().rev().find(|message| message.get("role").is_some_and(|role| role == "user"));
            last.and_then(|message| message.get("content")?.as_str()).unwrap_or_default().to_owned()
        }
        _ => fields.needed("input")?,
    };
    let mut question = match fields.value("choices").filter(|list| !list.is_null()) {
        Some(list) => {
            let outcomes = texts(list).ok_or_else(|| Unfit::NotA("choices".to_owned(), "a list of texts"))?;
            let answer = fields.answer("target", &outcomes)?;
            Question::new(&asked, outcomes, answer)
        }
        None => binary(&asked, fields.truth("target")?),
    };
    question.id = fields.text("id").unwrap_or_default();
    let metadata = fields.value("metadata").and_then(Value::as_object);
    question.category = metadata
        .and_then(|metadata: &Map<String, Value>| Fields(metadata).text("category"))
        .unwrap_or_default();
    Ok(question)
}

fn plain(fields: &Fields<'_>) -> Result<Question, Unfit> {
    let outcomes = fields.value("outcomes").and_then(texts);
    let outcomes = outcomes.ok_or_else(|| Unfit::NotA("outcomes".to_owned(), "a list of names"))?;
    let answer = fields.answer("answer", &outcomes)?;
    let mut question = Question::new(&fields.needed("question")?, outcomes, answer);
    question.id = fields.text("id").unwrap_or_default();
    question.background = fields.text("background").unwrap_or_default();
    question.criterion =
        fields.text("criterion").or_else(|| fields.text("resolution_criteria")).unwrap_or_default();
    question.category = fields.text("category").or_else(|| fields.text("source")).unwrap_or_default();
    question.market_price = fields.number("market_price");
    Ok(question)
}
