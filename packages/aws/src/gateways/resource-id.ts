/**
 * Whether `id` can be an ID of API Gateway: letters and digits. Any other text does not exist. As part of a
 * path it could name another resource: an empty text names the list, `..` the level above.
 */
export function isResourceId(id: string): boolean {
  return /^[A-Za-z0-9]{1,64}$/.test(id);
}
