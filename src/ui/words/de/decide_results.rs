//! What the Decide page says of its answers, in German: the verdict, how sure it is, what would change it, who sees it
//! differently, how it was made. Every sentence reads the same report, so that none contradicts another.

use super::decide::PLAY;
use super::turns::numbered;
use super::verdict::{cost, counted, panel, tokens};
use super::voices;
use super::watch::agent_name;
use crate::aggregate::case::Argument;
use crate::aggregate::decision::{Book, NoBook, Verdict};
use crate::ui::decision::Report;
use crate::ui::format;

/// A list in words, each in quotation marks.
fn quoted(report: &Report, options: &[usize]) -> String {
    let names: Vec<String> = options.iter().map(|&option| format!("„{}“", report.option(option))).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} und {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// The answer in a few words.
pub fn headline(report: &Report) -> String {
    let said = match &report.ranking.verdict {
        Verdict::Clear { best } => format!("„{}“ liegt vorn", report.option(*best)),
        Verdict::TooClose { among } => format!("Zu knapp für ein Urteil: {}", quoted(report, among)),
        Verdict::Incomplete { missing } => {
            format!("Unvollständig: keine brauchbare Antwort zu {}", quoted(report, missing))
        }
    };
    // Whoever reads this line alone must not take chance for advice.
    if report.decision.has_models() { said } else { format!("{PLAY}{said}") }
}

/// How sure that is, in a sentence or two.
pub fn confidence(report: &Report) -> String {
    let percent = |option: usize| format::percent(report.books[option].map_or(0.0, |book| book.price));
    let Some(first) = report.first() else {
        return "Ohne Antwort gibt es nichts zu vergleichen.".to_owned();
    };
    let mut said = match (&report.ranking.verdict, report.shown_lead()) {
        (Verdict::Clear { .. }, Some(lead)) => format!(
            "Nach Einschätzung des Panels führt diese Option mit {} Wahrscheinlichkeit zum Ziel, „{}“ als nächste mit {}. \
             Der Abstand beträgt {}; der eigene Zweifel des Panels würde nur {} erklären.",
            percent(first),
            report.option(lead.over),
            percent(lead.over),
            points(lead.gap, lead.decimals),
            points(lead.margin, lead.decimals)
        ),
        (Verdict::TooClose { among }, Some(lead)) => format!(
            "„{}“ liegt bei {}, „{}“ bei {}. Der Abstand beträgt {}; der eigene Zweifel des Panels würde schon {} erklären. \
             Nach diesen Zahlen kann jede der {} die bessere sein.",
            report.option(first),
            percent(first),
            report.option(lead.over),
            percent(lead.over),
            points(lead.gap, lead.decimals),
            points(lead.margin, lead.decimals),
            if among.len() == 2 { "beiden" } else { "genannten" }
        ),
        _ => "Die übrigen lassen sich unten vergleichen, aber eine Option ohne Antwort könnte besser sein als sie alle."
            .to_owned(),
    };
    if report.side_of_half(first) < 0 && !matches!(report.ranking.verdict, Verdict::Incomplete { .. }) {
        said.push_str(" Auch die aussichtsreichste Option verfehlt das Ziel eher, als dass sie es erreicht.");
    }
    said
}

/// A number of points, in a case in which German nouns with numbers look alike.
fn points(number: f64, decimals: usize) -> String {
    match decimals {
        0 if number < 0.5 => "weniger als 1 Prozentpunkt".to_owned(),
        0 => numbered(number.round() as usize, "Prozentpunkt", "Prozentpunkte"),
        _ => format!("{number:.decimals$} Prozentpunkte").replace('.', ","),
    }
}

/// A difference of probabilities beyond which something happens: whole points, tenths below one.
fn beyond(difference: f64) -> String {
    let number = difference * 100.0;
    if number < 0.95 { points(number.max(0.1), 1) } else { points(number, 0) }
}

/// Why an option has no figure.
pub fn no_book(why: NoBook) -> &'static str {
    match why {
        NoBook::Open => "noch offen",
        NoBook::Stopped => "vor dem Ende gestoppt",
        NoBook::TooFewVoices => "weniger als zwei Agenten haben geantwortet",
        NoBook::Gone => "der Lauf ist nicht mehr auf diesem Gerät",
    }
}

/// The range that the panel's own doubt leaves of a price.
pub fn range(book: &Book) -> String {
    let (low, high) = format::ends(book.range());
    format!("zwischen {low} und {high}")
}

/// What would change the answer.
pub fn changes(report: &Report) -> Vec<String> {
    let mut said = Vec::new();
    let Some(first) = report.first() else { return said };
    let ranking = &report.ranking;
    match &ranking.verdict {
        Verdict::Clear { .. } => said.extend(ranking.narrowest().map(|lead| {
            format!(
                "Fiele „{}“ oder stiege „{}“ um mehr als {}, wäre es zu knapp für ein Urteil.",
                report.option(first),
                report.option(lead.over),
                beyond(lead.gap - lead.margin)
            )
        })),
        Verdict::TooClose { among } => said.extend(ranking.settling().map(|margin| {
            format!(
                "Klar wäre es, wenn der Abstand{} mehr als {} betrüge. Dazu kann eine Tatsache führen, die diese Optionen \
                 voneinander unterscheidet: Fügen Sie sie dem hinzu, was das Panel weiß, und vergleichen Sie neu.",
                if among.len() > 2 { " zu jeder der anderen" } else { "" },
                beyond(margin)
            )
        })),
        Verdict::Incomplete { missing } => {
            said.push(format!("Eine Antwort zu {}: Sie könnte vor allen anderen liegen.", quoted(report, missing)));
        }
    }
    if let Some(argument) = report.reasons(first).con.first() {
        said.push(format!(
            "Wenn das zutrifft, ist „{}“ weniger wert: {}",
            report.option(first),
            argued(report, argument)
        ));
    }
    let second = ranking.lead().map(|lead| lead.over);
    if let Some((second, argument)) =
        second.and_then(|two| Some((two, report.reasons(two).pro.into_iter().next()?)))
    {
        said.push(format!(
            "Wenn das schwerer wiegt, gewinnt auch „{}“ an Gewicht: {}",
            report.option(second),
            argued(report, &argument)
        ));
    }
    said
}

/// An argument with its author.
pub fn argued(report: &Report, argument: &Argument) -> String {
    let name = report.spec().map_or("", |spec| agent_name(spec, argument.agent));
    format!("„{}“ ({name})", format::short(voices::said(&argument.words).trim_end_matches('.'), 240))
}

/// Who sees it differently.
pub fn dissent(report: &Report) -> Vec<String> {
    let (Some(spec), Some(first)) = (report.spec(), report.first()) else { return Vec::new() };
    let mut said = Vec::new();
    let preferences = report.preferences();
    let all: usize = preferences.iter().map(|one| one.agents.len()).sum();
    let parts: Vec<String> = preferences
        .iter()
        .map(|one| {
            let names: Vec<&str> = one.agents.iter().map(|&agent| agent_name(spec, agent)).collect();
            let who = if names.len() == all { format!("alle {all} Agenten") } else { names.join(", ") };
            match one.option {
                Some(option) => format!("„{}“ für {who}", report.option(option)),
                None => format!("keine eindeutig für {who}"),
            }
        })
        .collect();
    if !parts.is_empty() {
        said.push(format!(
            "An erster Stelle steht nach der eigenen letzten Einschätzung: {}.",
            parts.join("; ")
        ));
    }
    let ahead = preferences.iter().find(|one| one.option == Some(first)).map_or(0, |one| one.agents.len());
    if preferences
        .iter()
        .any(|one| one.option.is_some() && one.option != Some(first) && one.agents.len() > ahead)
    {
        said.push(format!(
            "Mehr von ihnen setzen eine andere an die erste Stelle als „{}“: Die Preise wägen, was jeder herausgefunden und \
             eingesetzt hat, und zählen keine Köpfe.",
            report.option(first)
        ));
    }
    if let Some(doubter) = report.doubter(first) {
        let words = voices::said(&doubter.headline);
        let words = words.trim_end_matches('.');
        let because = if words.is_empty() || !report.decision.has_models() {
            String::new()
        } else {
            format!(": „{}“", format::short(words, 200))
        };
        said.push(format!(
            "{} traut „{}“ am wenigsten zu: {}, wo das Panel bei {} liegt{because}.",
            agent_name(spec, doubter.agent),
            report.option(first),
            format::percent(doubter.belief),
            format::percent(report.books[first].map_or(0.0, |book| book.price))
        ));
    }
    said
}

/// How it was made.
pub fn how(report: &Report) -> Vec<String> {
    let Some(spec) = report.spec() else { return Vec::new() };
    let spent = report.spent();
    let calls =
        if spent.calls == 0 { "keine Aufrufe".to_owned() } else { counted(spent.calls as usize, "Aufruf") };
    let used: Vec<String> =
        [Some(calls), tokens(&spent), Some(cost(spec, &spent))].into_iter().flatten().collect();
    let mut said = vec![
        format!("Panel: {}, für jede Option dasselbe.", panel(spec)),
        "Jede Option bekam einen eigenen Markt. Alle Agenten sagten zuerst verdeckt, wie wahrscheinlich das Ziel mit dieser \
         Option erreicht wird, und handelten dann; der letzte Preis ist die Zahl."
            .to_owned(),
        "Die Spanne neben einer Zahl reicht so weit unter und über den Preis, wie die letzten Einschätzungen der Agenten von \
         ihm entfernt sind, aber nie unter 0 oder über 100 %. Zwei Optionen gelten als unterscheidbar, wenn ihre Preise \
         weiter auseinanderliegen, als beide Zweifel zusammen ausmachen (die Wurzel aus der Summe ihrer Quadrate)."
            .to_owned(),
        format!("Aufwand insgesamt: {}.", used.join(", ")),
    ];
    if report.failures() > 0 {
        said.push(format!("Fehlgeschlagene Antworten: {}.", format::count(report.failures().into())));
    }
    said
}
