using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class QuestionRemarks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "remarks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    question_id = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false),
                    from_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    from_number = table.Column<int>(type: "int", nullable: false),
                    to_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    to_number = table.Column<int>(type: "int", nullable: false),
                    reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    proposed_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_by_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    proposed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    checked_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    checked_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    decline_reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remarks", x => x.id);
                    table.CheckConstraint("ck_remarks_checked", "(state = 'Proposed' AND checked_by_id IS NULL AND checked_at IS NULL) OR (state <> 'Proposed' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)");
                    table.CheckConstraint("ck_remarks_maker_checker", "checked_by_id IS NULL OR checked_by_id <> proposed_by_id");
                    table.ForeignKey(
                        name: "FK_remarks_question_versions_from_id",
                        column: x => x.from_id,
                        principalTable: "question_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_remarks_question_versions_to_id",
                        column: x => x.to_id,
                        principalTable: "question_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "remarked_answers",
                columns: table => new
                {
                    attempt_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ordinal = table.Column<int>(type: "int", nullable: false),
                    remark_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    effect = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remarked_answers", x => new { x.attempt_id, x.ordinal });
                    table.ForeignKey(
                        name: "FK_remarked_answers_exam_answers_attempt_id_ordinal",
                        columns: x => new { x.attempt_id, x.ordinal },
                        principalTable: "exam_answers",
                        principalColumns: new[] { "attempt_id", "ordinal" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_remarked_answers_remarks_remark_id",
                        column: x => x.remark_id,
                        principalTable: "remarks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_remarked_answers_remark_id",
                table: "remarked_answers",
                column: "remark_id");

            migrationBuilder.CreateIndex(
                name: "IX_remarks_proposed_at",
                table: "remarks",
                column: "proposed_at");

            migrationBuilder.CreateIndex(
                name: "IX_remarks_to_id",
                table: "remarks",
                column: "to_id");

            migrationBuilder.CreateIndex(
                name: "ux_remarks_one_proposed",
                table: "remarks",
                columns: new[] { "from_id", "to_id" },
                unique: true,
                filter: "state = 'Proposed'");

            Migrations.AppendOnly.GuardOnSqlServer(migrationBuilder, "remarked_answers");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "remarked_answers");

            migrationBuilder.DropTable(
                name: "remarks");
        }
    }
}
