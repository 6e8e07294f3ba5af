// What does importing a picture as text give?

declare module '*.svg?raw' {
  const text: string;
  export default text;
}
