/**
 * How this service updates a row: members that are left out stay, an empty string clears.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/integration.go
 */
export function patch<T extends object>(row: T, changes: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const result: Record<string, unknown> = Object.fromEntries(Object.entries(row));
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') delete result[name];
    else if (value !== undefined) result[name] = value;
  }
  return result as T;
}

/** The same for a map: entries that are left out stay, an empty value removes its entry. */
export function patchMap(
  map: Readonly<Record<string, string>> | undefined,
  changes: Readonly<Record<string, string>> | undefined,
): Record<string, string> | undefined {
  if (changes === undefined) return map && { ...map };
  const entries = Object.entries({ ...map, ...changes }).filter(([, value]) => value !== '');
  return entries.length > 0 || map !== undefined ? Object.fromEntries(entries) : undefined;
}
