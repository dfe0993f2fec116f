"""Makes tests/map/*.json: ten small graphs with the measures that networkx gives them."""
import json, os, random, sys
import networkx as nx

def weighted(graph, seed):
    rng = random.Random(seed)
    return [(u, v, round(rng.uniform(0.05, 4.0), 3)) for u, v in graph.edges() if u != v]

def both(graph, seed):
    rng = random.Random(seed)
    arcs = []
    for u, v in graph.edges():
        if rng.random() < 0.7: arcs.append((u, v, round(rng.uniform(0.1, 3.0), 3)))
        if rng.random() < 0.6 or not arcs: arcs.append((v, u, round(rng.uniform(0.1, 3.0), 3)))
    return arcs

graphs = {
    "path": (5, [(0, 1, 1.0), (1, 2, 0.5), (2, 3, 2.0), (3, 4, 1.0)]),
    "star": (7, [(0, i, 0.5 * i) for i in range(1, 7)]),
    "cycle": (6, [(i, (i + 1) % 6, 1.0 + i) for i in range(6)]),
    "complete": (6, [(u, v, 1.0 + ((u * 7 + v) % 5)) for u in range(6) for v in range(6) if u != v]),
    "barbell": (9, weighted(nx.barbell_graph(4, 1), 1)),
    "karate": (34, both(nx.karate_club_graph(), 2)),
    "florentine": (15, weighted(nx.convert_node_labels_to_integers(nx.florentine_families_graph()), 3)),
    "two_parts": (9, [(0, 1, 3.0), (1, 2, 2.0), (2, 0, 2.5), (2, 3, 1.5), (4, 5, 0.3), (5, 6, 0.2), (6, 4, 0.1)]),
    "random_directed": (25, weighted(nx.gnp_random_graph(25, 0.12, seed=4, directed=True), 5)),
    "caves": (20, both(nx.connected_caveman_graph(4, 5), 6)),
}
target = sys.argv[1]
os.makedirs(target, exist_ok=True)
for name, (nodes, arcs) in graphs.items():
    d = nx.DiGraph(); d.add_nodes_from(range(nodes)); d.add_weighted_edges_from(arcs)
    u = nx.Graph(); u.add_nodes_from(range(nodes))
    for a, b, w in arcs:
        u.add_edge(a, b, weight=u.get_edge_data(a, b, {"weight": 0.0})["weight"] + w)
    rank = nx.pagerank(d, alpha=0.85, tol=1e-14, max_iter=10000, weight="weight")
    between = nx.betweenness_centrality(u, normalized=True)
    eigen = nx.eigenvector_centrality(u, max_iter=100000, tol=1e-13, weight="weight")
    louvain = max(nx.community.modularity(u, nx.community.louvain_communities(u, weight="weight", seed=s), weight="weight") for s in range(10))
    fixture = {
        "made_with": f"networkx {nx.__version__}", "nodes": nodes, "arcs": arcs,
        "pagerank": [rank[i] for i in range(nodes)],
        "betweenness": [between[i] for i in range(nodes)],
        "eigenvector": [eigen[i] for i in range(nodes)],
        "articulation_points": sorted(nx.articulation_points(u)),
        "bridges": sorted(sorted(b) for b in nx.bridges(u)),
        "louvain_modularity": louvain,
    }
    with open(f"{target}/{name}.json", "w") as out:
        out.write("{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in fixture.items()) + "\n}\n")
