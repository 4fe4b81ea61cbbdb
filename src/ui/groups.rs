//! What belongs together stands together in a list, at the place of its first.

/// What stands in the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Listed<G, T> {
    /// Something of its own.
    One(T),
    /// What several belong to, and they in their order.
    Group(G, Vec<T>),
}

/// The rows in their order, each behind the first of its group; `group_of` says which that is, if any.
pub fn grouped<G: PartialEq, T>(rows: Vec<T>, group_of: impl Fn(&T) -> Option<G>) -> Vec<Listed<G, T>> {
    let mut listed: Vec<Listed<G, T>> = Vec::new();
    for row in rows {
        let Some(group) = group_of(&row) else {
            listed.push(Listed::One(row));
            continue;
        };
        let known = listed.iter_mut().find_map(|one| match one {
            Listed::Group(its, rows) if *its == group => Some(rows),
            _ => None,
        });
        match known {
            Some(rows) => rows.push(row),
            None => listed.push(Listed::Group(group, vec![row])),
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_stands_at_the_place_of_its_first() {
        let rows = vec![("a", Some(1)), ("alone", None), ("b", Some(2)), ("c", Some(1))];
        let listed = grouped(rows, |(_, group)| *group);
        assert_eq!(
            listed,
            [
                Listed::Group(1, vec![("a", Some(1)), ("c", Some(1))]),
                Listed::One(("alone", None)),
                Listed::Group(2, vec![("b", Some(2))]),
            ]
        );
    }
}
