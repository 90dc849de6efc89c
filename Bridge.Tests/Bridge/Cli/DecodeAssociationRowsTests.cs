using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Association, Multi Channel Association and Association Group Information.</summary>
public sealed class DecodeAssociationRowsTests
{
    [Theory]
    [InlineData("85 01 01 01", "{groupingIdentifier:1,nodeIds:[1]}")]
    [InlineData("85 02 01", "{groupingIdentifier:1}")]
    [InlineData("85 03 01 05 00 01 02", "{groupingIdentifier:1,maxNodesSupported:5,reportsToFollow:0,nodeIds:[1,2]}")]
    [InlineData("85 03 02 05 01", "{groupingIdentifier:2,maxNodesSupported:5,reportsToFollow:1,nodeIds:[]}")]
    [InlineData("85 04 01 01", "{groupingIdentifier:1,nodeIds:[1]}")]
    [InlineData("85 04 00", "{groupingIdentifier:0,nodeIds:[]}")]
    [InlineData("85 05", "{}")]
    [InlineData("85 06 02", "{supportedGroupings:2}")]
    [InlineData("85 0B", "{}")]
    [InlineData("85 0C 00", "{group:0}")]
    public Task Association_tells_groups_and_nodes(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "8E 01 01 00 01 00",
        "{groupingIdentifier:1,nodeIds:[],multiChannelNodeIds:[{nodeId:1,bitAddress:false,endPoint:0}]}",
        "!multiChannelNodeIds[0].endPoints")]
    [InlineData("8E 01 01 02", "{groupingIdentifier:1,nodeIds:[2],multiChannelNodeIds:[]}")]
    [InlineData(
        "8E 01 01 02 00 03 83",
        "{nodeIds:[2],multiChannelNodeIds:[{nodeId:3,bitAddress:true,endPoints:[1,2]}]}",
        "!multiChannelNodeIds[0].endPoint")]
    [InlineData("8E 02 01", "{groupingIdentifier:1}")]
    [InlineData(
        "8E 03 01 05 00 02 00 03 01 04 7F",
        "{groupingIdentifier:1,maxNodesSupported:5,reportsToFollow:0,nodeIds:[2],multiChannelNodeIds:[{nodeId:3,bitAddress:false,"
        + "endPoint:1},{nodeId:4,bitAddress:false,endPoint:127}]}")]
    [InlineData("8E 03 01 05 02", "{reportsToFollow:2,nodeIds:[],multiChannelNodeIds:[]}")]
    [InlineData("8E 03 01 05 00 02 00", "{nodeIds:[2],multiChannelNodeIds:[]}")] // a mark with nothing behind it
    [InlineData(
        "8E 03 01 05 00 02 00 03 01 04",
        "{nodeIds:[2],multiChannelNodeIds:[{nodeId:3,bitAddress:false,endPoint:1}]}")] // half a pair
    [InlineData("8E 04 01 00 03 01", "{groupingIdentifier:1,nodeIds:[],multiChannelNodeIds:[{nodeId:3,bitAddress:false,endPoint:1}]}")]
    [InlineData("8E 04 00", "{groupingIdentifier:0,nodeIds:[],multiChannelNodeIds:[]}")]
    [InlineData("8E 05", "{}")]
    [InlineData("8E 06 02", "{supportedGroupings:2}")]
    public Task Multi_Channel_Association_tells_end_points_as_well(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("59 01 01", "{groupingIdentifier:1}")]
    [InlineData("59 02 01 08 4C 69 66 65 6C 69 6E 65", "{groupingIdentifier:1,name:'Lifeline'}")]
    [InlineData("59 02 01 05 4C 69 66 65 00", "{groupingIdentifier:1,name:'Life'}")]
    [InlineData("59 02 01 05 4C 69 00 66 65", "{groupingIdentifier:1,name:'Li'}")] // cut at the NUL
    [InlineData("59 02 01 00", "{groupingIdentifier:1,name:''}")]
    [InlineData("59 03 40 00", "{refreshCache:false,listMode:true,groupingIdentifier:0}")]
    [InlineData("59 03 80 02", "{refreshCache:true,listMode:false,groupingIdentifier:2}")]
    [InlineData(
        "59 04 82 01 00 00 01 00 00 00 02 00 20 01 00 00 00",
        "{listMode:true,dynamicInfo:false,groups:[{groupingIdentifier:1,mode:0,profile:1,eventCode:0},{groupingIdentifier:2,"
        + "mode:0,profile:8193,eventCode:0}]}")]
    [InlineData(
        "59 04 41 01 00 71 08 00 01 02",
        "{listMode:false,dynamicInfo:true,groups:[{groupingIdentifier:1,mode:0,profile:28936,eventCode:258}]}")]
    [InlineData("59 05 80 02", "{allowCache:true,groupingIdentifier:2}")]
    [InlineData("59 05 00 01", "{allowCache:false,groupingIdentifier:1}")]
    [InlineData("59 06 02 02 20 01", "{groupingIdentifier:2,commands:[{commandClass:32,command:1}]}")]
    [InlineData(
        "59 06 01 05 5A 01 F1 00 02",
        "{groupingIdentifier:1,commands:[{commandClass:90,command:1},{commandClass:61696,command:2}]}")]
    public Task Group_Information_tells_names_profiles_and_commands(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
