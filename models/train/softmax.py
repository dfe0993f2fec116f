"""Softmax regression on sparse rows with targets that may be unsure, held near an earlier model: L-BFGS in few lines,
since a general solver spends most of its time on bounds that we do not have."""

import numpy as np

MEMORY = 7
STEPS = 60


def minimize(cost, at):
    """Least cost by L-BFGS with a backtracking search; `cost` answers value and gradient."""
    value, slope = cost(at)
    moves = []
    for _ in range(STEPS):
        way, used = slope.copy(), []
        for move, turn, rate in reversed(moves):
            used.append(rate * (move @ way))
            way -= used[-1] * turn
        if moves:
            move, turn, _ = moves[-1]
            way *= (move @ turn) / (turn @ turn)
        else:
            way /= max(np.sqrt(slope @ slope), 1e-12)
        for (move, turn, rate), share in zip(moves, reversed(used)):
            way += move * (share - rate * (turn @ way))
        step, descent = 1.0, way @ slope
        for _ in range(20):
            new = at - step * way
            new_value, new_slope = cost(new)
            if new_value <= value - 1e-4 * step * descent:
                break
            step /= 2
        move, turn = new - at, new_slope - slope
        if move @ turn > 1e-10:
            moves = [*moves[1 - MEMORY :], (move, turn, 1.0 / (move @ turn))]
        done = value - new_value <= 1e-6 * abs(new_value)
        at, value, slope = new, new_value, new_slope
        if done:
            break
    return at


def scores(model, rows):
    return rows @ model[:-1] + model[-1]


def probabilities(model, rows):
    found = scores(model, rows)
    found = np.exp(found - found.max(axis=1, keepdims=True))
    return found / found.sum(axis=1, keepdims=True)


def fit(rows, targets, weights, strength, prior):
    """Weights of every feature and class, the offsets in the last row. The distance from `prior` costs."""
    used = np.where(np.bincount(rows.indices, minlength=rows.shape[1]))[0]
    prior = np.zeros((rows.shape[1] + 1, targets.shape[1]), np.float32) if prior is None else prior
    start = scores(prior, rows).astype(np.float32)
    narrow = rows[:, used].tocsr()
    turned = narrow.T.tocsr()
    targets, weights = targets.astype(np.float32), weights.astype(np.float32)[:, None]
    shape = (len(used) + 1, targets.shape[1])

    def cost(flat):
        own = flat.reshape(shape)
        found = start + narrow @ own[:-1] + own[-1]
        top = found.max(axis=1, keepdims=True)
        odds = np.exp(found - top)
        total = odds.sum(axis=1, keepdims=True)
        miss = weights * (odds / total - targets)
        slope = np.vstack([turned @ miss + own[:-1] / np.float32(strength), miss.sum(axis=0, keepdims=True)])
        loss = -(weights * targets * (found - top - np.log(total))).sum(dtype=np.float64)
        return float(loss + (own[:-1] ** 2).sum(dtype=np.float64) / 2 / strength), slope.ravel()

    own = minimize(cost, np.zeros(shape, np.float32).ravel()).reshape(shape)
    model = prior.copy()
    model[used] += own[:-1]
    model[-1] += own[-1]
    return model
