using System.Reflection;
using System.Reflection.Emit;

namespace Bridge.Tests.Architecture;

/// <summary>
/// Which types of an assembly use which others, read from what was compiled: signatures, attributes, and every instruction. Names in comments do not
/// count, and nothing hides behind an alias or a partly qualified name.
/// </summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value);

    /// <summary>Every pair of types of which the first uses the second, nested types under the name of the outermost.</summary>
    public static IReadOnlyCollection<(Type From, Type To)> Of(Assembly assembly)
    {
        HashSet<(Type, Type)> found = [];
        foreach (var type in assembly.GetTypes())
        {
            var from = Outermost(type);
            foreach (var used in Used(type).SelectMany(Parts))
            {
                if (Outermost(used) is var to && to != from) found.Add((from, to));
            }
        }

        return found;
    }

    private static IEnumerable<Type> Used(Type type)
    {
        if (type.BaseType is { } parent) yield return parent;
        foreach (var item in type.GetInterfaces()) yield return item;
        foreach (var constraint in type.GetGenericArguments()
                     .Where(static argument => argument.IsGenericParameter)
                     .SelectMany(static argument => argument.GetGenericParameterConstraints()))
        {
            yield return constraint;
        }

        foreach (var attribute in type.GetCustomAttributesData()) yield return attribute.AttributeType;
        foreach (var field in type.GetFields(Declared)) yield return field.FieldType;
        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            if (method is MethodInfo { ReturnType: var returned }) yield return returned;
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
            foreach (var used in UsedByBody(type, method)) yield return used;
        }
    }

    private static IEnumerable<Type> UsedByBody(Type type, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses)
        {
            if (clause is { Flags: ExceptionHandlingClauseOptions.Clause, CatchType: { } caught }) yield return caught;
        }

        var ofType = type.IsGenericType ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            var member = method.Module.ResolveMember(token, ofType, ofMethod)!;
            if (member is Type used) yield return used;
            if (member.DeclaringType is { } declaring) yield return declaring;
            if (member is FieldInfo field) yield return field.FieldType;
            if (member is MethodInfo called)
            {
                yield return called.ReturnType;
                foreach (var argument in called.IsGenericMethod ? called.GetGenericArguments() : []) yield return argument;
            }
        }
    }

    /// <summary>The members the instructions name.</summary>
    private static List<int> Tokens(byte[] instructions)
    {
        List<int> tokens = [];
        for (var at = 0; at < instructions.Length;)
        {
            short value = instructions[at++];
            if (value == 0xFE) value = (short)((0xFE << 8) | instructions[at++]);
            var code = s_codes[value];
            switch (code.OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    tokens.Add(BitConverter.ToInt32(instructions, at));
                    at += 4;
                    break;
                case OperandType.InlineNone: break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: at += 1; break;
                case OperandType.InlineVar: at += 2; break;
                case OperandType.InlineI8 or OperandType.InlineR: at += 8; break;
                case OperandType.InlineSwitch: at += 4 + (4 * BitConverter.ToInt32(instructions, at)); break;
                default: at += 4; break;
            }
        }

        return tokens;
    }

    /// <summary>A generic type, array or pointer is also its parts.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsGenericParameter) return [];
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()) : [type];
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }
}
