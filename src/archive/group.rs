//! Runs that belong together stand together: those of a decision's options, and those that were opened from an
//! evaluation. It does not know what else a list shows of them.

use super::Label;
use super::label::Part;

/// What stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed<T> {
    /// A run of its own.
    One(T),
    /// What several belong to, and they in their order.
    Group(Part, Vec<T>),
}

/// The rows, with each group at the place of its first; what is pinned stands where it was pinned.
pub fn grouped<T>(rows: Vec<T>, label: impl Fn(&T) -> &Label) -> Vec<Listed<T>> {
    let mut listed: Vec<Listed<T>> = Vec::new();
    for row in rows {
        let Some(part) = label(&row).part.clone().filter(|_| !label(&row).pinned) else {
            listed.push(Listed::One(row));
            continue;
        };
        let group = listed.iter_mut().find_map(|one| match one {
            Listed::Group(its, rows) if *its == part => Some(rows),
            _ => None,
        });
        match group {
            Some(rows) => rows.push(row),
            None => listed.push(Listed::Group(part, vec![row])),
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_stands_together_but_for_what_is_pinned() {
        let row = |id, part: Option<u64>, pinned| {
            let part = part.map(|asked_millis| Part::Decision { name: "Goal".into(), asked_millis });
            let mut label = Label::default();
            (label.pinned, label.part) = (pinned, part);
            (id, label)
        };
        let rows = vec![
            row("pinned", Some(1), true),
            row("a", Some(1), false),
            row("alone", None, false),
            row("b", Some(2), false),
            row("c", Some(1), false),
        ];
        let shown: Vec<String> = grouped(rows, |(_, label)| label)
            .iter()
            .map(|listed| match listed {
                Listed::One((id, _)) => (*id).to_owned(),
                Listed::Group(_, rows) => rows.iter().map(|(id, _)| *id).collect::<Vec<_>>().join("+"),
            })
            .collect();
        assert_eq!(shown, ["pinned", "a+c", "alone", "b"]);
    }

    #[test]
    fn a_label_remembers_what_its_run_belongs_to() {
        let part = Part::Evaluation { name: "questions.jsonl".into(), id: "00ff".into() };
        let mut label = Label::default();
        label.part = Some(part);
        assert_eq!(Label::from_text(&label.to_text()), Ok(label));
    }
}
