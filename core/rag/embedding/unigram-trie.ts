/** The pieces of a vocabulary by their UTF-16 code units, in a few typed arrays: an object a node would take ten times as much. */
export interface PieceTrie {
  /**
   * Tells of each piece that text[start…] begins with, the shortest first.
   * `end`: where it ends; `piece`: its number.
   */
  match(text: string, start: number, found: (piece: number, end: number) => void): void;
}

/** An empty piece begins no text. Edges are looked up in one table of open addresses, by node and code unit. */
export function makePieceTrie(pieces: readonly string[]): PieceTrie {
  const units = pieces.reduce((sum, piece) => sum + piece.length, 0);
  // An edge for each unit is the most there can be; shared beginnings leave the table half empty at least.
  let size = 1 << 10;
  while (size < units) size *= 2;
  const mask = size - 1;
  const fromNode = new Int32Array(size).fill(-1);
  const unitOf = new Uint16Array(size);
  const toNode = new Int32Array(size);
  const pieceAt = new Int32Array(units + 1).fill(-1);

  function edge(node: number, unit: number): number {
    const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
    let at = (mixed ^ (mixed >>> 15)) & mask;
    while (fromNode[at] !== -1 && (fromNode[at] !== node || unitOf[at] !== unit)) at = (at + 1) & mask;
    return at;
  }

  let nodes = 1;
  pieces.forEach((piece, number) => {
    let node = 0;
    for (let index = 0; index < piece.length; index += 1) {
      const unit = piece.charCodeAt(index);
      const at = edge(node, unit);
      if (fromNode[at] === -1) {
        fromNode[at] = node;
        unitOf[at] = unit;
        toNode[at] = nodes;
        nodes += 1;
      }
      node = toNode[at]!;
    }
    if (node > 0) pieceAt[node] = number;
  });
  const kept = pieceAt.slice(0, nodes);

  return {
    match: (text, start, found) => {
      let node = 0;
      for (let index = start; index < text.length; index += 1) {
        const at = edge(node, text.charCodeAt(index));
        if (fromNode[at] === -1) return;
        node = toNode[at]!;
        const piece = kept[node]!;
        if (piece >= 0) found(piece, index + 1);
      }
    },
  };
}
