/** A command cannot do what it was asked to. The message is for the person who asked: what is wrong, and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
