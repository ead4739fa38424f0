import { checkArguments } from './files/exact-text.ts';
import { run } from './run.ts';

// Nobody reads any more, as after "| head": what is left to print is lost, and what is left to do is done.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const words = process.argv.slice(2);
const code = await run(words, () => checkArguments(words));
// A command that ended well may have set another.
if (code !== 0) process.exitCode = code;
