"""Times networkx on one network: `FILE -> {"seconds": {measure: s}, "pagerank": [...], "betweenness": [...]}`.

FILE holds the number of nodes and then one `source target weight` a line; the arcs are directed. The measures are those
of the relationship map, with its definitions: PageRank over directed weighted arcs, all others over both directions
taken together. Making the graphs is not timed.
"""
import json
import sys
import time

import networkx as nx


def read(path):
    with open(path, encoding="utf-8") as lines:
        nodes = int(next(lines))
        arcs = [line.split() for line in lines]
    directed, both = nx.DiGraph(), nx.Graph()
    directed.add_nodes_from(range(nodes))
    both.add_nodes_from(range(nodes))
    for source, target, weight in arcs:
        source, target, weight = int(source), int(target), float(weight)
        for graph in (directed, both):
            known = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
            graph.add_edge(source, target, weight=known + weight)
    heaviest = max((w for _, _, w in both.edges(data="weight")), default=1.0)
    for _, _, edge in both.edges(data=True):
        edge["weight"] /= heaviest
    return directed, both


def main():
    directed, both = read(sys.argv[1])
    measures = {
        "pagerank": lambda: nx.pagerank(directed, alpha=0.85, tol=1e-12, max_iter=400, weight="weight"),
        "betweenness": lambda: nx.betweenness_centrality(both, normalized=True),
        "eigenvector": lambda: nx.eigenvector_centrality(both, max_iter=2000, tol=1e-10, weight="weight"),
        "articulation": lambda: list(nx.articulation_points(both)),
        "bridges": lambda: list(nx.bridges(both)),
        "louvain": lambda: nx.community.louvain_communities(both, weight="weight", seed=1),
    }
    seconds, found = {}, {}
    for name, measure in measures.items():
        started = time.perf_counter()
        found[name] = measure()
        seconds[name] = time.perf_counter() - started
    values = {name: [found[name][node] for node in sorted(both)] for name in ("pagerank", "betweenness", "eigenvector")}
    print(json.dumps({"networkx": nx.__version__, "seconds": seconds, **values}))


main()
