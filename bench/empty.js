// What loading any module costs, without anything in it.
export const nothing = undefined;
