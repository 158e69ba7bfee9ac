/** The ports of a range as VPC and ECS write it: `80/80`; `-1/-1` and nothing for all. */
export function portsOf(range: string | undefined): { readonly fromPort: number; readonly toPort: number } {
  const [from = -1, to = -1] = (range || '-1/-1').split('/').map(Number);
  return from < 0 || !Number.isInteger(from) || !Number.isInteger(to)
    ? { fromPort: 0, toPort: 65_535 }
    : { fromPort: from, toPort: to };
}
