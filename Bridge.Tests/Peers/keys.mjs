// Keys of the test network. They protect nothing: everybody may read them here.

const key = (text) => Buffer.from(text, "hex");

export const securityKeys = {
  S0_Legacy: key("10111213141516171819101112131415"),
  S2_Unauthenticated: key("20212223242526272829202122232425"),
  S2_Authenticated: key("30313233343536373839303132333435"),
  S2_AccessControl: key("40414243444546474849404142434445"),
};
