//! `baton backup` and `baton restore`: what comes back is what was there, damage is told, erasures hold.

use super::erased::found;
use super::world::{FORMS, loaded};
use crate::support::Baton;

fn facts(baton: &Baton) -> String {
    baton.expect(0, &["facts", "-a", "northwind"])
}

fn text(path: &std::path::Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_backup_comes_back() {
    let baton = loaded();
    std::fs::write(baton.data().join("privacy.toml"), "").unwrap();
    let (before, backup) = (facts(&baton), text(&baton.path("backup")));
    let manifest = baton.json(0, &["backup", &backup, "--json"]);
    assert_eq!(manifest["files"].as_array().unwrap().len(), 2, "{manifest}");
    let twice = baton.run(&["backup", &backup]);
    assert!(twice.code == Some(1) && twice.err.contains("is not empty"), "{twice:?}");
    let refused = baton.run(&["restore", &backup]);
    assert!(refused.code == Some(1) && refused.err.contains("--over"), "{refused:?}");
    std::fs::remove_dir_all(baton.data()).unwrap();
    let restored = baton.json(0, &["restore", &backup, "--json"]);
    assert_eq!((&restored["accounts"][0], &restored["erased_again"]), (&"northwind".into(), &0.into()), "{restored}");
    assert_eq!(facts(&baton), before);
    assert!(baton.data().join("privacy.toml").exists());
    baton.expect(0, &["check"]);
}

#[test]
fn what_was_erased_since_stays_erased() {
    let baton = loaded();
    let backup = text(&baton.path("backup"));
    baton.expect(0, &["backup", &backup]);
    baton.expect(0, &["forget", "--person", "Priya Nair", "-a", "northwind"]);
    let after = facts(&baton);
    let restored = baton.json(0, &["restore", &backup, "--over", "--json"]);
    assert!(restored["erased_again"].as_u64().unwrap() > 10, "{restored}");
    assert_eq!(found(&baton.data(), &FORMS), Vec::<String>::new());
    assert_eq!(facts(&baton), after);
    baton.expect(0, &["check"]);
}

#[test]
fn a_damaged_backup_is_told() {
    let baton = loaded();
    let backup = baton.path("backup");
    let check = |damage: &dyn Fn(), said: &str| {
        let _ = std::fs::remove_dir_all(&backup);
        baton.expect(0, &["backup", &text(&backup)]);
        damage();
        let answer = baton.run(&["restore", &text(&backup), "--over"]);
        assert!(answer.code == Some(1) && answer.err.contains(said), "{said}: {answer:?}");
        assert!(!facts(&baton).is_empty(), "{said}: the data was touched");
    };
    let archive = backup.join("archive.sqlite");
    let flip = || {
        let mut bytes = std::fs::read(&archive).unwrap();
        bytes[5000] ^= 1;
        std::fs::write(&archive, bytes).unwrap();
    };
    check(&flip, "other content");
    check(&|| std::fs::write(&archive, "").unwrap(), "other content");
    check(&|| std::fs::remove_file(&archive).unwrap(), "archive.sqlite");
    check(&|| std::fs::remove_file(backup.join("backup.json")).unwrap(), "backup.json");
    check(&|| std::fs::write(backup.join("backup.json"), "{}").unwrap(), "not as the backup was made");
}
