/**
 * Whether brackets nest at most `limit` deep in a JSON text. JSON.parse recurses, and text that nests thousands of levels deep exhausts
 * the stack, which ends the message with a trap instead of an answer. On text that is no JSON the answer means nothing.
 */
export function nestsAtMost(json: string, limit: number): boolean {
  const openings = json.match(/[[{]/g);
  return openings === null || openings.length <= limit || !exceeds(json, limit);
}

function exceeds(json: string, limit: number): boolean {
  const marks = /["[\]{}]/g;
  let depth = 0;
  for (let mark = marks.exec(json); mark !== null; mark = marks.exec(json)) {
    if (mark[0] === '"') marks.lastIndex = endOfString(json, marks.lastIndex);
    else if (mark[0] === ']' || mark[0] === '}') depth--;
    else if (++depth > limit) return true;
  }
  return false;
}

/** Where a string that begins before `start` is over. */
function endOfString(json: string, start: number): number {
  const ends = /["\\]/g;
  ends.lastIndex = start;
  for (let end = ends.exec(json); end !== null; end = ends.exec(json)) {
    if (end[0] === '"') return ends.lastIndex;
    ends.lastIndex++;
  }
  return json.length;
}
