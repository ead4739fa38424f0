export type InstanceExports = WebAssembly.Instance['exports'];

/** Whether a value from an instance is a function of the instance. */
export function isFunction(value: unknown): value is WebAssembly.Function {
  return typeof value === 'function';
}

/** The exported function of this name; a TypeError if the instance is not of the module it is taken for. */
export function functionExport(exports: InstanceExports, name: string): WebAssembly.Function {
  const item = exports[name];
  if (isFunction(item)) return item;
  throw new TypeError(`the instance does not export the function "${name}"`);
}

/** The exported global of this name; a TypeError if the instance is not of the module it is taken for. */
export function globalExport(exports: InstanceExports, name: string): WebAssembly.Global {
  const item = exports[name];
  if (item instanceof WebAssembly.Global) return item;
  throw new TypeError(`the instance does not export the global "${name}"`);
}

/** The exported memory of this name; a TypeError if the instance is not of the module it is taken for. */
export function memoryExport(exports: InstanceExports, name: string): WebAssembly.Memory {
  const item = exports[name];
  if (item instanceof WebAssembly.Memory) return item;
  throw new TypeError(`the instance does not export the memory "${name}"`);
}

/** The exported table of this name; a TypeError if the instance is not of the module it is taken for. */
export function tableExport(exports: InstanceExports, name: string): WebAssembly.Table {
  const item = exports[name];
  if (item instanceof WebAssembly.Table) return item;
  throw new TypeError(`the instance does not export the table "${name}"`);
}
