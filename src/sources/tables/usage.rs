//! Usage figures: one interaction a day (or week, or month) of an account, a `metric: value` line for each figure.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::ControlFlow;

use jiff::civil::Date;

use super::kind::{METRIC, TableKind, USAGE_DATE, VALUE, kind_of_head};
use super::{Header, Row, key_of, number, read_rows};
use crate::model::{Interaction, InteractionKind};
use crate::sources::{Sink, dates, emit};

const ACCOUNT: &[&str] = &[
    "account",
    "accountname",
    "accountid",
    "accountdomain",
    "domain",
    "company",
    "companyname",
    "customer",
    "customername",
    "customerid",
    "organization",
    "organisation",
    "tenant",
    "workspace",
    "org",
    "orgname",
];
const UNIT: &[&str] = &["unit", "units", "uom"];
/// Columns that split a figure: they become part of the metric's name.
const SPLIT: &[&str] = &[
    "user",
    "username",
    "useremail",
    "team",
    "feature",
    "product",
    "module",
    "region",
    "plan",
    "environment",
    "segment",
    "site",
    "department",
];

/// Says whether a file is a table of usage figures.
pub fn sniff(_name: &str, head: &str) -> bool {
    kind_of_head(head) == Some(TableKind::Usage)
}

/// Reads usage figures; a figure that is no number, and a second figure for the same day, become problems.
pub fn read(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    let mut header: Option<Header> = None;
    read_rows(label, input, sink, &mut |row, _| {
        if header.is_none() {
            header = Some(row.header.clone());
        }
        rows.push((row.place(), row.cells.clone()));
        ControlFlow::Continue(())
    })?;
    let Some(header) = header else { return ControlFlow::Continue(()) };
    let Some(layout) = Layout::of(&header, &rows) else {
        let reason = format!("no column holds a date and a figure; the header is: {}", header.names.join(", "));
        return emit::reject(sink, label, "row 1", reason);
    };
    let mut days = Days::default();
    for (place, cells) in rows {
        let row = Row::new(&header, cells, place);
        days.add(&layout, &row, label, sink)?;
    }
    let set = header.keys().to_vec();
    // A day without a single readable figure has only its problems.
    for (key, day) in days.0.into_iter().filter(|(_, day)| !day.figures.is_empty()) {
        emit::give(sink, day.into_interaction(&set, key))?;
    }
    ControlFlow::Continue(())
}

/// Which column is what.
struct Layout {
    date: usize,
    account: Option<usize>,
    unit: Option<usize>,
    splits: Vec<usize>,
    /// Columns of text that is told as it is.
    remarks: Vec<usize>,
    figures: Figures,
}

enum Figures {
    /// One figure a row, its name in a column.
    Long { metric: usize, value: usize },
    /// A column for each figure.
    Wide(Vec<usize>),
}

impl Layout {
    fn of(header: &Header, rows: &[(String, Vec<String>)]) -> Option<Self> {
        let date = header.column(USAGE_DATE)?;
        let account = header.column(ACCOUNT);
        let long = header.column(METRIC).zip(header.column(VALUE)).filter(|(metric, value)| metric != value);
        let unit = long.and(header.column(UNIT));
        let taken = |column: &usize| {
            Some(*column) == account
                || *column == date
                || Some(*column) == unit
                || long.is_some_and(|(metric, value)| *column == metric || *column == value)
                || ACCOUNT.contains(&header.keys()[*column].as_str())
        };
        let rest = (0..header.names.len()).filter(|column| !taken(column));
        let (splits, rest): (Vec<usize>, Vec<usize>) =
            rest.partition(|column| SPLIT.contains(&header.keys()[*column].as_str()) && !mostly_numbers(rows, *column));
        let (wide, remarks): (Vec<usize>, Vec<usize>) =
            rest.into_iter().partition(|column| long.is_none() && mostly_numbers(rows, *column));
        let figures = match long {
            Some((metric, value)) => Figures::Long { metric, value },
            None if wide.is_empty() => return None,
            None => Figures::Wide(wide),
        };
        Some(Self { date, account, unit, splits, remarks, figures })
    }
}

/// Says whether at least half of what stands in a column are numbers.
fn mostly_numbers(rows: &[(String, Vec<String>)], column: usize) -> bool {
    let (mut full, mut numbers) = (0usize, 0usize);
    for cell in rows.iter().filter_map(|(_, cells)| cells.get(column)).filter(|cell| !cell.is_empty()) {
        full += 1;
        numbers += usize::from(number(cell).is_some());
    }
    full > 0 && numbers * 2 >= full
}

#[derive(Default)]
struct Days(BTreeMap<(Option<String>, Date), Day>);

#[derive(Default)]
struct Day {
    /// Name, source's spelling and value, in the order of the source.
    figures: Vec<(String, String, f64)>,
    known: BTreeMap<String, f64>,
    remarks: Vec<String>,
}

impl Days {
    fn add(&mut self, layout: &Layout, row: &Row<'_>, label: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let Some(written) = row.cell(Some(layout.date)) else {
            return emit::reject(sink, label, row.place(), "no date");
        };
        let Some(date) = day_of(written) else {
            return emit::reject(sink, label, row.place(), format!("not a date: {written}"));
        };
        let account = row.cell(layout.account).map(str::to_owned);
        let splits: Vec<&str> = layout.splits.iter().filter_map(|column| row.cell(Some(*column))).collect();
        let named = |metric: &str| {
            if splits.is_empty() { metric.to_owned() } else { format!("{metric} ({})", splits.join(", ")) }
        };
        let day = self.0.entry((account, date)).or_default();
        let mut refused = Vec::new();
        match &layout.figures {
            Figures::Long { metric, value } => match (row.cell(Some(*metric)), row.cell(Some(*value))) {
                (Some(metric), Some(value)) => {
                    refused.extend(day.add(named(metric), value, row.cell(layout.unit)).err());
                }
                (None, _) => refused.push("no name of the metric".to_owned()),
                (_, None) => refused.push("no value".to_owned()),
            },
            Figures::Wide(columns) => {
                for column in columns {
                    if let Some(value) = row.cell(Some(*column)) {
                        refused.extend(day.add(named(&row.header.names[*column]), value, None).err());
                    }
                }
            }
        }
        for column in &layout.remarks {
            if let Some(remark) = row.cell(Some(*column)) {
                day.remarks.push(format!("{}: {remark}", row.header.names[*column]));
            }
        }
        for reason in refused {
            emit::reject(sink, label, row.place(), reason)?;
        }
        ControlFlow::Continue(())
    }
}

impl Day {
    /// Takes a figure, or says why not.
    fn add(&mut self, metric: String, written: &str, unit: Option<&str>) -> Result<(), String> {
        let Some(value) = number(written) else { return Err(format!("not a number for {metric}: {written}")) };
        match self.known.get(&metric) {
            Some(first) if first.total_cmp(&value).is_eq() => Ok(()),
            Some(_) => Err(format!("a second value for {metric} on the same day")),
            None => {
                let shown = unit.map_or_else(|| written.to_owned(), |unit| format!("{written} {unit}"));
                self.known.insert(metric.clone(), value);
                self.figures.push((metric, shown, value));
                Ok(())
            }
        }
    }

    fn into_interaction(self, header: &[String], (account, date): (Option<String>, Date)) -> Interaction {
        let set = header.iter().map(String::as_str).chain([account.as_deref().unwrap_or_default()]);
        let mut lines: Vec<String> =
            self.figures.iter().map(|(metric, shown, _)| format!("{metric}: {shown}")).collect();
        lines.extend(self.remarks);
        let mut attributes: BTreeMap<String, String> =
            self.figures.iter().map(|(metric, _, value)| (format!("usage.{metric}"), value.to_string())).collect();
        if let Some(account) = account.clone() {
            attributes.insert("account.hint".to_owned(), account);
        }
        Interaction {
            id: format!("usage:{}:{date}", emit::short_hash(set)),
            kind: InteractionKind::Usage,
            sent_at: dates::end_of_day(date),
            text: lines.join("\n"),
            attributes,
            ..Interaction::default()
        }
    }
}

/// The day a figure stands for: the day itself, the last day of a month, the Sunday of an ISO week.
fn day_of(written: &str) -> Option<Date> {
    dates::date(written).or_else(|| month_end(written)).or_else(|| week_end(written))
}

fn month_end(written: &str) -> Option<Date> {
    let first = dates::date(&format!("{written}-01")).or_else(|| dates::date(&format!("1 {written}")))?;
    Some(first.last_of_month())
}

fn week_end(written: &str) -> Option<Date> {
    let key = key_of(written);
    let (year, week) = key.split_once('w')?;
    let week = jiff::civil::ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, jiff::civil::Weekday::Sunday);
    week.ok().map(Date::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_day_of_a_figure() {
        let check = |written: &str, expected: &str| {
            assert_eq!(day_of(written).map(|day| day.to_string()).unwrap_or_default(), expected, "{written}");
        };
        check("2026-01-05", "2026-01-05");
        check("1/5/2026", "2026-01-05");
        check("2026-02", "2026-02-28");
        check("Feb 2026", "2026-02-28");
        check("2026-W03", "2026-01-18");
        check("week three", "");
    }
}
