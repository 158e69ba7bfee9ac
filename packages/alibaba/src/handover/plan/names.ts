/** Names of the target: lower-case letters, digits and hyphens, at most 64 characters, each once. */
export function namesFrom(): (text: string) => string {
  const taken = new Set<string>();
  return (text) => {
    const plain =
      text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, LONGEST) || 'unnamed';
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? plain : `${plain.slice(0, LONGEST - `-${count}`.length)}-${count}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
}

const LONGEST = 64;
