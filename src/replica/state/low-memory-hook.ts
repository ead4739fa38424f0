/** How far the hook for a heap that is nearly full is ("On Low Wasm Memory"). */
export type LowMemoryHook = 'condition_not_satisfied' | 'ready' | 'executed';
