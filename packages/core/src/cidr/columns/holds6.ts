/** Whether the IPv6 block of `length` bits at `starts[block]` holds the address at `starts[address]`. */
export function holds6(starts: Uint32Array, block: number, length: number, address: number): boolean {
  let word = 0;
  let left = length;
  for (; left >= 32; left -= 32, word += 1) {
    if (starts[block + word] !== starts[address + word]) return false;
  }
  return left === 0 || ((starts[block + word] as number) ^ (starts[address + word] as number)) >>> (32 - left) === 0;
}
