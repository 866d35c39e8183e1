"""Principal components of the votes: the two directions in which people differ most.

The eigenvectors w of XcᵀXc for the two largest eigenvalues, Xc the centred votes of
all participants, not scaled to unit variance (POLIS 2.3).
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from deliberation.consensus.arrays import Floats

# Up to this many statements or participants the small dense problem is the fastest.
DENSE = 256
ROWS = 4096
WIDTH, DEPTH, CYCLES = 4, 8, 60


@dataclass(frozen=True)
class Components:
    """``axes`` (statement, 2) with unit columns, ``variances`` their eigenvalues.

    A direction in which nobody differs is all zeros.
    """

    axes: Floats
    variances: Floats

    def explained(self, centred: sparse.csr_array) -> Floats:
        """Return the share of all differences between people on each axis."""
        whole = float(np.dot(centred.data, centred.data))
        return self.variances / whole if whole > 0 else np.zeros(2)


def principal(
    centred: sparse.csr_array,
    *,
    start: Floats | None = None,
    tolerance: float = 1e-12,
    seed: int = 0,
) -> Components:
    """Return the first two components of the centred votes.

    ``start`` (statement, any number of columns) makes a later run faster; the result
    is the same up to ``tolerance``, a residual relative to the largest eigenvalue.
    """
    rows, columns = centred.shape
    if min(rows, columns) == 0:
        return _two(np.zeros(0), np.zeros((columns, 0)))
    if columns <= DENSE:
        gram = _gram(centred)
        largest = (max(columns - 2, 0), columns - 1)
        values, vectors = linalg.eigh(gram, subset_by_index=largest)
        return _two(values[::-1], gram @ vectors[:, ::-1])
    if rows <= DENSE:
        left, sizes, _ = np.linalg.svd(centred.toarray(), full_matrices=False)
        return _two(sizes[:2] ** 2, centred.T @ left[:, :2])
    return _krylov(centred, start, tolerance, seed)


def leading(centred: Floats, how_many: int, *, seed: int = 0) -> tuple[Floats, Floats]:
    """Return about the largest eigenvalues, and their vectors as columns.

    ``centred`` is a dense sample of the people's centred votes.

    One pass only: near enough for comparisons among many resamples, at a bounded
    cost. Fewer than ``how_many`` where the votes have no more directions.
    """
    if centred.shape[1] <= WIDTH * DEPTH // 2:
        values, vectors = np.linalg.eigh(centred.T @ centred)
    else:
        block = np.random.default_rng(seed).standard_normal((centred.shape[1], WIDTH))
        basis, images = _expanded(centred, centred.T, block, DEPTH // 2)
        values, turns = np.linalg.eigh(basis.T @ images)
        vectors = basis @ turns[:, -how_many:]
    return values[::-1][:how_many], vectors[:, ::-1][:, :how_many]


def steady(components: Components, earlier: Floats) -> Components:
    """Return the components turned towards ``earlier``, or with fixed signs.

    ``earlier`` has the previous axes on the same statements, 0 where a statement is
    new; all zeros on the first run. Then the largest entry of each axis is positive.
    """
    if earlier.any():
        return aligned(components, earlier)
    if not len(earlier):
        return components
    largest = components.axes[np.abs(components.axes).argmax(axis=0), [0, 1]]
    signs = np.where(largest < 0, -1.0, 1.0)
    return Components(components.axes * signs, components.variances)


def aligned(components: Components, earlier: Floats) -> Components:
    """Return the components turned within their plane to lie closest to ``earlier``.

    Distances do not change; the map does not flip. (Orthogonal Procrustes,
    Schönemann 1966.)
    """
    left, _, right = np.linalg.svd(components.axes.T @ earlier)
    turn = left @ right
    variances = (turn**2).T @ components.variances
    return Components(components.axes @ turn, variances)


def _gram(centred: sparse.csr_array) -> Floats:
    total = np.zeros((centred.shape[1],) * 2)
    for first in range(0, centred.shape[0], ROWS):
        block = centred[first : first + ROWS].toarray()
        total += block.T @ block
    return total


def _two(values: Floats, images: Floats) -> Components:
    """Return the components with these eigenvalues.

    ``images`` are the eigenvectors multiplied by XcᵀXc, of any length: unlike the
    vectors they are exactly 0 where a column has no votes.
    """
    axes, variances = np.zeros((len(images), 2)), np.zeros(2)
    real = values > values.max(initial=0.0) * 1e-12
    lengths = np.where(real, np.linalg.norm(images, axis=0), np.inf)
    variances[: len(values)] = np.where(real, values, 0.0)
    axes[:, : len(values)] = images / lengths
    return Components(axes, variances)


def _krylov(
    centred: sparse.csr_array, start: Floats | None, tolerance: float, seed: int
) -> Components:
    """Return the components by restarted block Lanczos with Rayleigh-Ritz.

    (Golub and Van Loan, Matrix Computations, 10.3; all vectors kept orthogonal.)
    """
    block = np.random.default_rng(seed).standard_normal((centred.shape[1], WIDTH))
    if start is not None:
        kept = min(WIDTH, start.shape[1])
        block[:, :kept] += 1e3 * start[:, :kept]
    transposed = centred.T
    for _ in range(CYCLES):
        basis, images = _expanded(centred, transposed, block, DEPTH)
        values, turns = np.linalg.eigh(basis.T @ images)
        values, turns = values[::-1], turns[:, ::-1]
        block = basis @ turns[:, :WIDTH]
        residual = images @ turns[:, :2] - block[:, :2] * values[:2]
        if np.linalg.norm(residual) <= tolerance * abs(values[0]):
            break
    return _two(values[:2], images @ turns[:, :2])


def _expanded(
    centred: sparse.csr_array | Floats,
    transposed: sparse.csc_array | Floats,
    block: Floats,
    depth: int,
) -> tuple[Floats, Floats]:
    """Return an orthonormal Krylov basis that starts at ``block``, and its image."""
    block, _ = np.linalg.qr(block)
    basis, images, scale = block, np.empty((len(block), 0)), 0.0
    for _ in range(depth):
        image = transposed @ (centred @ block)
        images = np.hstack([images, image])
        if basis.shape[1] + WIDTH > len(basis):
            break
        fresh = image - basis @ (basis.T @ image)
        fresh -= basis @ (basis.T @ fresh)
        scale = max(scale, float(np.linalg.norm(image)))
        block, sizes = np.linalg.qr(fresh)
        block = block[:, np.abs(np.diag(sizes)) > 1e-13 * scale]
        if not block.shape[1]:
            break
        basis = np.hstack([basis, block])
    return basis[:, : images.shape[1]], images
