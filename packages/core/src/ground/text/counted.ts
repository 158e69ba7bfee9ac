/** `1 subnet`, `2 subnets`; what has another plural than with an `s` names it. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
