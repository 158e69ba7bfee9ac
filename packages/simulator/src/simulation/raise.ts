/** Throws, as the last part of an expression: `rows.get(id) ?? raise(notFound(id))`. */
export function raise(error: Error): never {
  throw error;
}
