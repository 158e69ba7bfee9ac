/** The ports of a range as VPC and ECS write it: `80/80`; `-1/-1` and nothing for all. */
export function portsOf(range: string | undefined): { readonly fromPort: number; readonly toPort: number } {
  const [, from, to] = /^(\d+)\/(\d+)$/.exec(range ?? '') ?? [];
  return from === undefined ? { fromPort: 0, toPort: 65_535 } : { fromPort: Number(from), toPort: Number(to) };
}
