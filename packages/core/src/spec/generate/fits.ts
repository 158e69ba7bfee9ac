/** Whether a value from a cloud is valid in a spec. */
export function fits(field: { safeParse: (value: unknown) => { success: boolean } }, value: unknown): boolean {
  return field.safeParse(value).success;
}
