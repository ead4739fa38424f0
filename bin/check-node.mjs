/** Which Node this needs. Runs on an older one. */

const LEAST_NODE = [20, 19];

/** Ends the process with a sentence where this Node is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  console.error(`This needs Node ${LEAST_NODE.join('.')} or later; you run ${process.versions.node}.`);
  process.exit(1);
}
