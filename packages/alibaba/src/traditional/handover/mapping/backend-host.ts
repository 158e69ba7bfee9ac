/** The host and port of a URL of a backend. */
export function hostOf(
  address: string,
): { readonly name: string; readonly port: number; readonly scheme: 'http' | 'https' } | undefined {
  const [, scheme = 'http', bracketed, plain, port] =
    /^(?:(https?):\/\/)?(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?(?:\/.*)?$/i.exec(address.trim()) ?? [];
  const name = bracketed ?? plain;
  if (name === undefined) return undefined;

  const kind = scheme.toLowerCase() === 'https' ? 'https' : 'http';
  return {
    name: name.toLowerCase(),
    port: port === undefined ? (kind === 'https' ? 443 : 80) : Number(port),
    scheme: kind,
  };
}

/** Whether a name looks like one that only private zones resolve: without a dot, or below a domain that no registry has. */
export const isPrivateName = (name: string): boolean =>
  !name.includes('.') || /\.(?:internal|local|localdomain|lan|corp|home\.arpa|intranet|private)$/.test(name);
