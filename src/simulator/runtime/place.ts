/** Where the subject was last seen: the index of a site, or -1. In a worker its memory is shared with the host, which may have to kill it. */
export const lastPlace: { site: Int32Array } = { site: new Int32Array([-1]) };
