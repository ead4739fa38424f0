/** Writes the Python package's types and methods, of src/candid/agent_service.did, and its synchronous side. */
import { run } from './prepare.mjs';
import { pythonEnvironment } from './python.mjs';

run(pythonEnvironment('python'), ['python/generate/bindings.py']);
