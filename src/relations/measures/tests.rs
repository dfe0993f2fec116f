//! The measures of small graphs, worked out by hand.

use std::path::Path;

use serde::Deserialize;

use super::*;

/// A graph with the measures that networkx gives it; `tests/map/make.py` made it.
#[derive(Deserialize)]
struct Fixture {
    made_with: String,
    nodes: usize,
    arcs: Vec<(u32, u32, f64)>,
    pagerank: Vec<f64>,
    betweenness: Vec<f64>,
    eigenvector: Vec<f64>,
    articulation_points: Vec<usize>,
    bridges: Vec<(u32, u32)>,
    louvain_modularity: f64,
}

fn fixtures() -> Vec<(String, Fixture)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/map");
    let files = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let read = |path: std::path::PathBuf| {
        let fixture = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        (path.file_stem().unwrap().to_string_lossy().into_owned(), fixture)
    };
    files.map(read).collect()
}

/// Share of weight within communities, less what chance would give.
fn modularity(network: &Network, communities: &[Option<usize>]) -> f64 {
    let arcs = &network.mutual;
    let strength = |node: usize| arcs.weights(node).iter().sum::<f64>();
    let total: f64 = (0..arcs.nodes()).map(strength).sum();
    let number = communities.iter().flatten().max().map_or(0, |most| most + 1);
    let (mut within, mut all) = (vec![0.0; number], vec![0.0; number]);
    for (node, community) in communities.iter().enumerate() {
        let Some(community) = *community else { continue };
        all[community] += strength(node);
        for (&other, weight) in arcs.neighbours(node).iter().zip(arcs.weights(node)) {
            within[community] += if communities[other as usize] == Some(community) { *weight } else { 0.0 };
        }
    }
    within.iter().zip(all).map(|(within, all)| within / total - (all / total).powi(2)).sum()
}

#[test]
fn equal_networkx() {
    let fixtures = fixtures();
    assert_eq!(fixtures.len(), 10);
    for (name, fixture) in fixtures {
        let network = Network::new(fixture.nodes, &fixture.arcs);
        let measured = measure(&network);
        let check = |what: &str, found: &[f64], expected: &[f64]| {
            assert_eq!(found.len(), expected.len(), "{name}: {what}");
            for (node, (found, expected)) in found.iter().zip(expected).enumerate() {
                let near = (found - expected).abs() < 1e-6;
                assert!(near, "{name}: {what} of {node} is {found}, not {expected} ({})", fixture.made_with);
            }
        };
        check("pagerank", &measured.page_rank, &fixture.pagerank);
        check("betweenness", &measured.betweenness.values, &fixture.betweenness);
        check("eigenvector", &measured.eigenvector.clone().unwrap(), &fixture.eigenvector);
        let broken: Vec<usize> = (0..fixture.nodes).filter(|&node| measured.articulation[node]).collect();
        assert_eq!((broken, &measured.bridges), (fixture.articulation_points, &fixture.bridges), "{name}");
        let found = modularity(&network, &measured.communities);
        assert!(found > fixture.louvain_modularity - 1e-9, "{name}: {found} < {}", fixture.louvain_modularity);
    }
}

#[test]
fn small_and_odd_networks_have_measures() {
    let check = |nodes: usize, arcs: &[(u32, u32, f64)], ranks: &[f64]| {
        let measured = measure(&Network::new(nodes, arcs));
        let rounded: Vec<f64> = measured.page_rank.iter().map(|rank| (rank * 1e3).round() / 1e3).collect();
        assert_eq!(rounded, ranks, "{arcs:?}");
        assert!(measured.betweenness.values.iter().all(|value| value.is_finite()));
    };
    check(0, &[], &[]);
    check(1, &[], &[1.0]);
    check(1, &[(0, 0, 1.0)], &[1.0]);
    check(2, &[(0, 1, 1e-15)], &[0.351, 0.649]);
    check(3, &[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)], &[0.333, 0.333, 0.333]);
}

#[test]
fn a_large_network_is_estimated_always_alike() {
    // A ring of 3,000 people with chords: each round takes 24,000 steps, so that not all of them are affordable.
    let arcs: Vec<(u32, u32, f64)> =
        (0..3_000u32).flat_map(|node| [1, 7, 61, 997].map(|step| (node, (node * step + step) % 3_000, 1.0))).collect();
    let network = Network::new(3_000, &arcs);
    let found = betweenness(&network.mutual);
    assert!(found.estimated_from.is_some_and(|pivots| (1_000..3_000).contains(&pivots)), "{:?}", found.estimated_from);
    let again = betweenness(&network.mutual);
    assert_eq!(found.values, again.values);
}
