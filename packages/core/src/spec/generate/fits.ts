/** Whether a text from a cloud is valid in a spec. */
export function fits(field: { safeParse: (value: unknown) => { success: boolean } }, text: string): boolean {
  return field.safeParse(text).success;
}
