/** A Set that was carried out. */
export const accepted = Symbol("accepted");

/** A Set that was not: in silence, unless it was supervised. */
export const refused = Symbol("refused");
