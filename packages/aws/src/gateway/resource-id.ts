/**
 * Whether `id` can be one of API Gateway's: letters and digits. Anything else does not exist; as part of a path it could
 * name something else: nothing at all names the list, `..` the level above.
 */
export function isResourceId(id: string): boolean {
  return /^[A-Za-z0-9]{1,64}$/.test(id);
}
