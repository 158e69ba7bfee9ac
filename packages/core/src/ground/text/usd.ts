/** An amount of US dollars, to the cent: `27924.10`. */
export function usdText(usd: number): string {
  return usd.toFixed(2);
}
